import { environmentInConfigOnly } from './environment-in-config-only.mjs';
import { fileLength } from './file-length.mjs';
import { noTodo } from './no-todo.mjs';

/** House law as lint rules; each has a spec beside it. */
export default {
  rules: {
    'file-length': fileLength,
    'file-length-limit': fileLength,
    'no-todo': noTodo,
    'environment-in-config-only': environmentInConfigOnly,
  },
};
