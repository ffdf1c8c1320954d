import PQueue from "p-queue";
import type { Answer, Call, Transfer } from "../../model/api.ts";
import type { Address } from "./address.ts";
import type { Authorised } from "./authorised.ts";
import { assertPathValues, operationParts, readAnswer, sendCall } from "./call.ts";
import type { Counter } from "./counts.ts";
import type { Connection } from "./connection.ts";
import type { SentRequest } from "./options.ts";
import type { RepeatableRequest, RetryPorts } from "./send-with-retries.ts";
import { sendWithRetries } from "./send-with-retries.ts";
import { isReadingOp } from "./read-only.ts";
import type { Patience } from "./retry.ts";
import { patient } from "./retry.ts";
import { transferHost, transferRequest, transferText } from "./transfer.ts";
import type { WireAnswer } from "./wire.ts";
import { WireFailure } from "./wire.ts";

/** Everything that sending needs, put together by `connect`. */
export interface SenderOptions {
  readonly address: Address;
  readonly connection: Connection;
  readonly authorised: Authorised;
  readonly counter: Counter;
  readonly retryPorts: RetryPorts;
  /** Requests at a time, to begin with. */
  readonly concurrency: number;
  readonly onRequest: ((sent: SentRequest) => void) | undefined;
}

/** Sends calls and transfers: within the rate limit, so many at a time, repeated where that is safe. */
export interface Sender {
  call(call: Call, kind: string, patience?: Patience): Promise<Answer>;
  transfer(transfer: Transfer, kind: string): Promise<Answer>;
  /** Sends so many requests at a time from now on. */
  widen(concurrency: number): void;
}

/** Requests about a job, which goes on in the organisation meanwhile. */
const JOB = /\/jobs(\/|$)/;

/** What waits is sent in this order: what keeps jobs going, and then all else as it came. */
const [FIRST, LAST] = [1, 0];

interface Received extends WireAnswer {
  readonly read: Answer;
}

/** Creates the sender of one organisation's client. */
export function createSender({
  address,
  connection,
  authorised,
  counter,
  retryPorts,
  concurrency,
  onRequest,
}: SenderOptions): Sender {
  const queue = new PQueue({ concurrency });

  /** Each attempt waits its turn again: a request that sits out its time before a repeat holds no place. */
  async function run(request: RepeatableRequest<Received>, priority: number): Promise<Answer> {
    const { signal, outage } = retryPorts;
    const turn = { priority, ...(signal ? { signal } : {}) };
    const attempt: typeof request.attempt = (number, trial) =>
      queue.add(() => (outage.assertUp(), request.attempt(number, trial)), turn);
    try {
      return (await sendWithRetries({ ...request, attempt }, retryPorts)).read;
    } catch (error) {
      outage.noteEnd(error);
      throw error;
    }
  }

  async function noted(
    note: Omit<SentRequest, "status" | "correlationId">,
    send: () => Promise<WireAnswer>,
  ): Promise<WireAnswer> {
    try {
      const answer = await send();
      onRequest?.({ ...note, status: answer.status, correlationId: answer.headers["inin-correlation-id"] });
      return answer;
    } catch (error) {
      if (error instanceof WireFailure) onRequest?.({ ...note, status: 0, correlationId: undefined });
      throw error;
    }
  }

  async function call(call: Call, kind: string, patience: Patience = patient): Promise<Answer> {
    assertPathValues(call);
    const { method } = operationParts(call);
    const writes = !isReadingOp(call.op);
    let sent = 0;
    const request: RepeatableRequest<Received> = {
      what: call.op,
      host: new URL(address.api).host,
      repeatable: !writes || method === "PUT" || call.repeatable === true,
      writes,
      expect: call.expect ?? [],
      patience,
      attempt: async (attempt, trial) => {
        const answer = await authorised((token) => {
          sent += 1;
          counter.request(kind, method, writes, sent > 1);
          return noted({ kind, what: call.op, attempt }, () => trial.send(() => sendCall(connection.sdk, call, token)));
        });
        return { ...answer, read: readAnswer(answer) };
      },
    };
    return run(request, JOB.test(call.op) ? FIRST : LAST);
  }

  async function transfer(transfer: Transfer, kind: string): Promise<Answer> {
    const wired = transferRequest(transfer, address);
    const request: RepeatableRequest<Received> = {
      what: `${transfer.transfer} (${transferHost(transfer)})`,
      host: transferHost(transfer),
      repeatable: true,
      writes: transfer.transfer === "upload",
      expect: [],
      patience: patient,
      attempt: async (attempt, trial) => {
        counter.transfer();
        const answer = await noted({ kind, what: transfer.transfer, attempt }, () =>
          trial.send(() => connection.wire(wired)),
        );
        return { ...answer, read: { status: answer.status, text: transferText(transfer, answer) } };
      },
    };
    return run(request, FIRST);
  }

  return {
    call,
    transfer,
    widen: (wider) => {
      queue.concurrency = wider;
    },
  };
}
