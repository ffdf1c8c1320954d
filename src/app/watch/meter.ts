import type { App } from "../../model/app.ts";
import type { OrgConnection } from "../../model/ports.ts";
import { SIDES, type Side } from "../../model/side.ts";

/** Requests of one organisation since the start. */
export interface MeterReading {
  readonly requests: number;
  readonly waits: number;
}

/** An app whose connections are counted. */
export interface Metered {
  readonly app: App;
  readonly readingOf: (side: Side) => MeterReading;
}

/** Counts the requests of all connections that an app opens, those that are open included. */
export function metered(app: App): Metered {
  const open = new Map<OrgConnection, Side>();
  const ended = new Map<Side, MeterReading>(SIDES.map((side) => [side, { requests: 0, waits: 0 }]));
  const sum = (side: Side, connections: readonly OrgConnection[]): MeterReading =>
    connections.reduce(
      (before, connection) => {
        const { total, waits } = connection.counts();
        return { requests: before.requests + total, waits: before.waits + waits };
      },
      ended.get(side) ?? { requests: 0, waits: 0 },
    );
  const connect: App["connect"] = async (side, access, options) => {
    const connection = await app.connect(side, access, options);
    open.set(connection, side);
    const close = (): void => {
      if (open.delete(connection)) ended.set(side, sum(side, [connection]));
      connection.close();
    };
    return { ...connection, close };
  };
  return {
    app: { ...app, connect },
    readingOf: (side) =>
      sum(
        side,
        [...open].flatMap(([connection, of]) => (of === side ? [connection] : [])),
      ),
  };
}
