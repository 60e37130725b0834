import { expect, it } from '@jest/globals';
import { connect } from './connection.js';

it('a URL that the client cannot read is refused without repeating it, since it holds a password', () => {
  const refused = (): unknown => connect('kafka://admin:geheim@localhost');
  expect(refused).toThrow(expect.objectContaining({ code: 'INVALID_CONFIGURATION', cause: undefined }));
  expect(refused).not.toThrow(/geheim/);
});
