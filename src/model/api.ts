import type { Json, Obj } from "./json.ts";

/** A verb and a path template of the Genesys Cloud Platform API, such as `GET /api/v2/routing/queues/{id}`. */
export type Op = `${"GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE"} /api/v2/${string}`;

/** Query parameters; arrays are not needed by the operations in use. */
export type Query = { readonly [name: string]: string | number | boolean };

/** One API request: a template, what fills it, and the body. */
export interface Call {
  readonly op: Op;
  /** Values for the `{names}` of the path, encoded by the sender. */
  readonly path?: { readonly [name: string]: string };
  readonly query?: Query;
  readonly body?: Json;
  /** Failure statuses that come back as an answer instead of being thrown, such as 404 for "is it there?". */
  readonly expect?: readonly number[];
  /** It does no harm to send it twice, although it is a POST that writes: registers a job that does nothing by itself. */
  readonly repeatable?: true;
}

/** A transfer to or from a signed URL that the API gave: carries no token (genesys-api §8). */
export interface Transfer {
  readonly transfer: "download" | "upload";
  readonly url: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** What is carried is bytes: `body`, or the text of the answer, is their base64 form. */
  readonly encoding?: "base64";
}

/** A pause between two polls, in milliseconds. */
export interface Pause {
  readonly pauseMs: number;
  /** The job that is asked about after it: who waits may have learned how long such jobs take, and wait longer the first time. */
  readonly job?: AwaitedJob;
}

/** A job of the organisation that steps wait for. */
export interface AwaitedJob {
  /** The question about its state, which stands for all jobs of its sort. */
  readonly op: Op;
  readonly id: string;
  /** Set when it is not asked about any more; there is no pause then. */
  readonly ended?: "done" | "failed";
}

/** What steps may ask for. */
export type Request = Call | Transfer | Pause;

/** What came back. `body` is parsed JSON (undefined when empty); `text` the text of a download or of a non-JSON answer. */
export interface Answer {
  readonly status: number;
  readonly body?: Json | undefined;
  readonly text?: string | undefined;
}

/**
 * A pure description of the requests that one job takes: yields requests, is resumed with their answers, returns a
 * result. A refused request is thrown into it as an `ApiError`. Whoever runs it sends, limits, retries and journals.
 */
export type Steps<Result = Obj> = Generator<Request, Result, Answer>;

/** Port: one organisation of Genesys Cloud. */
export interface Api {
  /**
   * Sends one request, or waits. Retries what is safe to repeat, keeps to the rate limit.
   * @param kind the kind that the request is counted under
   * @throws ApiError when refused; LockstepError `interrupted` when cancelled
   */
  send(request: Request, kind: string): Promise<Answer>;
  /**
   * Lets the requests of one object be sent to their end although the run is being stopped meanwhile, for a while: what is
   * half-written would stay so. An organisation that cannot be stopped has no need of it.
   */
  hold?(): Held;
}

/** A write that is not to be broken off. */
export interface Held {
  readonly send: Api["send"];
  /** Says that the write has ended, well or not. */
  release(): void;
}

/** Requests sent so far: in all, those that change something, per kind and per method; and those that had to wait. */
export interface RequestCounts {
  readonly total: number;
  readonly writes: number;
  readonly byKind: { readonly [kind: string]: number };
  readonly byMethod: { readonly [method: string]: number };
  /** Requests that had to wait for room in the rate limit. */
  readonly waits: number;
}
