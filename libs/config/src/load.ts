import { HarmonyError, type FieldError } from '@harmony/contracts';
import type { Configuration } from './configuration.js';
import { groups } from './groups/index.js';
import { rules } from './rules.js';
import { targetKind, type Group, type TargetKind, type Variable } from './variable.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadOptions {
  /** Wins over HARMONY_TARGET. */
  readonly target?: string;
  /** By the variable's name; for flags of a command line. An undefined entry overrides nothing. */
  readonly overrides?: Environment;
}

/** The target that is asked for, which the rest of the configuration depends on; not yet known to exist. */
export function chosenTarget(environment: Environment, { target, overrides = {} }: LoadOptions = {}): string {
  const { name } = groups.process.variables.target;
  return target ?? ((overrides[name] ?? environment[name]) || 'all');
}

/**
 * Reads what the target needs and nothing else, so that a worker does not fail over a setting of the gateway.
 * @throws HarmonyError INVALID_CONFIGURATION with one entry for every variable that is wrong, and what to set.
 */
export function loadConfiguration(
  environment: Environment,
  { target, overrides = {} }: LoadOptions = {},
): Configuration {
  const given = (name: string): string | undefined => (overrides[name] ?? environment[name]) || undefined;
  const chosen = chosenTarget(environment, { ...(target && { target }), overrides });
  const kind = targetKind(chosen);
  const problems: FieldError[] = [];
  const read = (group: Group): Record<string, unknown> =>
    Object.fromEntries(Object.entries(group.variables).map(([key, variable]) => [key, value(variable)]));
  const value = (variable: Variable): unknown => {
    const text = isUsedBy(variable, kind) ? given(variable.name) : undefined;
    const parsed = variable.schema.safeParse(text);
    if (!parsed.success) problems.push(problemOf(variable, text));
    return parsed.data;
  };
  const values = Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, Object.freeze(read(group))]));
  // The record was built from the very declarations that the type is derived from.
  const configuration = { ...values, process: { ...values['process'], target: chosen } } as unknown as Configuration;
  if (problems.length === 0) problems.push(...rules.flatMap((rule) => rule(configuration, kind)));
  if (problems.length > 0) throw invalid(problems);
  return Object.freeze(configuration);
}

const knownNames = new Set(
  Object.values<Group>(groups).flatMap(({ variables }) => Object.values(variables).map(({ name }) => name)),
);

/** Names that look like ours and that nothing reads: most likely typing mistakes, worth a line in the log. */
export const unknownVariables = (environment: Environment): readonly string[] =>
  Object.keys(environment).filter(
    (name) => /^HARMONY_(?!TEST_)/.test(name) && !isServiceLink.test(name) && !knownNames.has(name),
  );

/** Kubernetes puts the addresses of services into the environment. */
const isServiceLink = /_(SERVICE_(HOST|PORT)|PORT(_\d+_(TCP|UDP)(_\w+)?)?)(_\w+)?$/;

const isUsedBy = ({ usedBy }: Variable, kind: TargetKind): boolean => usedBy === undefined || usedBy.includes(kind);

function problemOf({ name, expected, secret }: Variable, text: string | undefined): FieldError {
  const seen = secret ? '' : ` (it is ${JSON.stringify(text)})`;
  return { pointer: `/${name}`, detail: `Set ${name} to ${expected}${seen}.` };
}

function invalid(problems: readonly FieldError[]): HarmonyError {
  const lines = problems.map(({ detail }) => `  ${detail}`);
  return new HarmonyError('INVALID_CONFIGURATION', {
    detail: ['The configuration is not valid:', ...lines].join('\n'),
    errors: problems,
  });
}
