import { expectationCode, type PreparedAppend } from './prepared-append.js';

/** Postgres's text form of an array. */
export const textList = (texts: readonly string[]): string => `{${texts.map(quoted).join(',')}}`;

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const numberList = (numbers: readonly number[]): string => `{${numbers.join(',')}}`;

/** The record separator cannot stand in JSON unescaped, so bodies need no quoting between it. */
const joinBodies = (bodies: readonly string[]): string => bodies.join('\x1e');

/** An array for each column of the events of some appends: stream, expectation, number within its append, id, type, body. */
export const eventArrays = (appends: readonly PreparedAppend[]): string[] => [
  textList(appends.flatMap(({ streamId, ids }) => ids.map(() => streamId))),
  numberList(appends.flatMap(({ expected, ids }) => ids.map(() => expectationCode(expected)))),
  numberList(appends.flatMap(({ ids }) => ids.map((_, event) => event + 1))),
  textList(appends.flatMap(({ ids }) => ids)),
  textList(appends.flatMap(({ types }) => types)),
  joinBodies(appends.flatMap(({ bodies }) => bodies)),
];
