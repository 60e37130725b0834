const allowed = /[\\/](libs[\\/]config|libs[\\/]testing|tools)[\\/]|[\\/]main\.ts$/;

/** The environment is read once, in libs/config and in entry points; everybody else gets a typed object. */
export const environmentInConfigOnly = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    if (allowed.test(context.filename)) return {};
    return {
      MemberExpression(node) {
        const isEnvironment =
          node.object.type === 'Identifier' &&
          node.object.name === 'process' &&
          node.property.type === 'Identifier' &&
          node.property.name === 'env';
        if (isEnvironment)
          context.report({ node, message: 'Take the value from the parsed configuration (libs/config).' });
      },
    };
  },
};
