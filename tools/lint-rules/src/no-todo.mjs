/** A comment that postpones work belongs into an issue. */
export const noTodo = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (/\b(TODO|FIXME|XXX)\b/.test(comment.value)) {
            context.report({ loc: comment.loc, message: 'Do it now, or file an issue and say there what is missing.' });
          }
        }
      },
    };
  },
};
