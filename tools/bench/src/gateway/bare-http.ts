/** A reference: node:http that reads the request and writes the bytes that a file holds. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { announce } from './announce.js';

const answer = await readFile(process.argv[2] ?? '');
const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': answer.length };
const server = createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(200, headers).end(answer));
});
server.listen(0, '127.0.0.1', () => announce(server, '/'));
