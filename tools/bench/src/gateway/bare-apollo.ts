/** A peer: Apollo Server 5 with nothing around it. It answers one query with the turns that a file holds. */
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { announce } from './announce.js';

const typeDefs = `
  type Turn { index: Int!, speakerCode: String!, speakerName: String!, text: String!, startMs: Int, endMs: Int }
  type TurnEdge { node: Turn!, cursor: String! }
  type TurnConnection { edges: [TurnEdge!]! }
  type Conversation { id: ID!, transcript(first: Int!): TurnConnection! }
  type Query { conversation(id: ID!): Conversation! }`;

const edges: unknown = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
/** As long as a quick query takes. */
const loaderMs = 1;

const resolvers = {
  Query: { conversation: (_: unknown, { id }: { id: string }) => ({ id }) },
  Conversation: { transcript: () => pause(loaderMs, { edges }) },
};

const apollo = new ApolloServer({ typeDefs, resolvers });
await apollo.start();
const application = express();
application.disable('x-powered-by');
application.use('/graphql', express.json(), expressMiddleware(apollo));
const server = application.listen(0, '127.0.0.1', () => announce(server, '/graphql'));
