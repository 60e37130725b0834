/** What a customer's program needs to talk to Harmony: one key, REST and GraphQL. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Access {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const withKey = (url: string, apiKey: string): Access => ({ url, headers: { 'X-API-Key': apiKey } });

export async function send(
  { url, headers }: Access,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }), ...more },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export interface GraphqlBody {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export async function graphql(access: Access, query: string, variables?: unknown): Promise<GraphqlBody> {
  const { body } = await send(access, 'POST', '/graphql', { query, variables });
  return body as GraphqlBody;
}
