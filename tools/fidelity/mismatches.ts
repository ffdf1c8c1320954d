import { findOperation, requestSchema, responseFor, type Contract, type Located, type Parameter } from "./contract.ts";
import { createCheck, type Check } from "./schemas.ts";
import type { Exchange } from "./traffic.ts";

/** What the definition and the recorded traffic disagree about. */
export interface Mismatch {
  readonly operation: string;
  readonly what: string;
}

const ERROR_BODY = { $ref: "#/definitions/ErrorBody" };

/** How many messages were held against the definition, and what came of it; equal mismatches are told once. */
export interface Verdict {
  readonly requests: number;
  readonly answers: number;
  readonly mismatches: readonly Mismatch[];
}

/** Holds requests that were accepted, and all answers, against the definition. What the definition lacks is left out. */
export function holdAgainst(contract: Contract, traffic: readonly Exchange[]): Verdict {
  const checks = { request: createCheck(contract, "request"), answer: createCheck(contract, "answer") };
  const found = new Map<string, Mismatch>();
  const counts = { requests: 0, answers: 0 };
  for (const exchange of traffic) {
    const located = findOperation(contract, exchange.method, exchange.path);
    if (located === undefined) continue;
    const accepted = exchange.status < 400;
    counts.requests += accepted ? 1 : 0;
    counts.answers += 1;
    const problems = [
      ...(accepted ? requestProblems(located, exchange, checks.request) : []),
      ...answerProblems(located, exchange, checks.answer),
    ];
    const operation = `${located.method} ${located.template}`;
    for (const what of problems) found.set(`${operation} ${what}`, { operation, what });
  }
  return { ...counts, mismatches: [...found.values()] };
}

function requestProblems(located: Located, exchange: Exchange, check: Check): string[] {
  const schema = requestSchema(located);
  const body = exchange.request;
  return [
    ...queryProblems(located, exchange),
    ...(body === undefined
      ? []
      : schema === undefined
        ? ["request: takes no body"]
        : check(schema, body).map((problem) => `request ${problem}`)),
  ];
}

function queryProblems({ operation }: Located, { query = {} }: Exchange): string[] {
  const known = new Map((operation.parameters ?? []).filter(inQuery).map((parameter) => [parameter.name, parameter]));
  const missing = [...known.values()].filter(({ name, required }) => required === true && query[name] === undefined);
  return [
    ...missing.map(({ name }) => `query ${name}: missing`),
    ...Object.entries(query).flatMap(([name, values]) => {
      const parameter = known.get(name);
      if (parameter === undefined) return [`query ${name}: not defined`];
      return values.filter((value) => !fitsParameter(parameter, value)).map(() => `query ${name}: unfit value`);
    }),
  ];
}

const inQuery = (parameter: Parameter): boolean => parameter.in === "query";

function fitsParameter({ type, items, enum: choices }: Omit<Parameter, "name" | "in">, value: string): boolean {
  if (type === "array")
    return items === undefined || value.split(",").every((part) => fitsParameter(plain(items), part));
  if (type === "integer") return /^-?\d+$/.test(value);
  if (type === "boolean") return value === "true" || value === "false";
  return choices === undefined || choices.includes(value);
}

function plain({ required: _, ...schema }: NonNullable<Parameter["items"]>): Omit<Parameter, "name" | "in"> {
  return schema;
}

function answerProblems(located: Located, { status, answer, empty }: Exchange, check: Check): string[] {
  const declared = responseFor(located, status);
  if (status >= 400) {
    return answer === undefined
      ? []
      : check(declared?.schema ?? ERROR_BODY, answer).map((text) => `answer ${status} ${text}`);
  }
  if (declared === undefined) return [`answer ${status}: no such status`];
  if (declared.schema === undefined) return empty ? [] : [`answer ${status}: has a body, none is defined`];
  if (answer === undefined) return [];
  return check(declared.schema, answer).map((text) => `answer ${status} ${text}`);
}
