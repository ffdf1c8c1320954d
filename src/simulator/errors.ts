import type { JsonObject } from "./json.ts";

/** What an error answer says besides its status; see genesys-api §1.6. */
export interface ErrorFacts {
  readonly entityId?: string;
  readonly entityName?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly details?: readonly JsonObject[];
  readonly limit?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere in the simulator to answer with a Genesys error body. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: ErrorFacts;

  constructor(status: number, code: string, message: string, facts: ErrorFacts = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.facts = facts;
  }
}

/** The body of an error answer (definition ErrorBody). */
export function errorBody(error: ApiError, contextId: string): JsonObject {
  const { entityId, entityName, params = {}, details = [], limit } = error.facts;
  return {
    message: error.message,
    code: error.code,
    status: error.status,
    ...(entityId === undefined ? {} : { entityId }),
    ...(entityName === undefined ? {} : { entityName }),
    messageParams: { ...params },
    contextId,
    details: [...details],
    errors: [],
    ...(limit === undefined ? {} : { limit }),
  };
}

/** 404 for a path that leads nowhere or an object that is not there. */
export function notFound(what = "The requested resource"): ApiError {
  return new ApiError(404, "not.found", `${what} was not found.`);
}

/** 400 for a body that cannot be used. */
export function badRequest(message: string, code = "bad.request", facts: ErrorFacts = {}): ApiError {
  return new ApiError(400, code, message, facts);
}

/** 400 for one property with an unusable value. */
export function invalidProperty(field: string, message: string): ApiError {
  return badRequest(`${field}: ${message}`, "invalid.property", {
    params: { field },
    details: [{ errorCode: "invalid.property", fieldName: field }],
  });
}

/** 409, by default with the code that most services answer. */
export function conflict(message: string, code = "general.conflict", facts: ErrorFacts = {}): ApiError {
  return new ApiError(409, code, message, facts);
}
