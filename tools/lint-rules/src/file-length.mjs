/** Reports a file that is longer than `max` lines; registered twice, to warn at one length and fail at another. */
export const fileLength = {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'object', properties: { max: { type: 'integer' } }, required: ['max'] }],
  },
  create(context) {
    const { max } = context.options[0];
    return {
      Program(node) {
        const lines = context.sourceCode.lines.length;
        if (lines > max)
          context.report({
            node,
            message: `The file has ${lines} lines, more than ${max}. Split it by what changes together.`,
          });
      },
    };
  },
};
