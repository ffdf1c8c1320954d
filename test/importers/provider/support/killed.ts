import type { Transport } from "../../../../src/platform/genesys/transport.ts";
import type { Office } from "../../../conformance/office.ts";

type Request = Parameters<Transport["handle"]>[0];

/** A transport that ends with a write, and tells when it got there. */
export interface EndingTransport extends Transport {
  readonly reached: Promise<void>;
}

/**
 * The organisation, as far as the n-th write: its answer never arrives, as for a plugin that is killed then.
 * @param counts is a write one of those that are counted?
 */
export function untilWrite(
  office: Office,
  write: number,
  counts: (request: Request) => boolean = () => true,
): EndingTransport {
  let left = write;
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return {
    reached,
    handle: async (request) => {
      const answer = await office.simulator.handle(request);
      const reads = request.method === "GET" || /\/oauth\/token|export\/jobs|\/audits\/query/.test(request.url);
      if (reads || !counts(request) || (left -= 1) > 0) return answer;
      reach();
      return new Promise(() => undefined);
    },
  };
}
