import { describe, expect, it } from "vitest";
import { keepChannel, pauseAfter } from "../../../src/app/watch/channel.ts";
import type { WatchedTopics } from "../../../src/app/watch/topics.ts";
import type { Answer, Call, Request } from "../../../src/model/api.ts";
import type { Json } from "../../../src/model/json.ts";
import type { SocketEvents } from "../../../src/model/socket.ts";
import { virtualClock } from "../../../src/platform/clock.ts";

const START = Date.parse("2026-01-05T10:00:00Z");
const topics: WatchedTopics = { objects: new Map([["v2.flows.1", "flow/inboundcall:Main"]]), left: 0 };

/** An organisation with channels, whose sockets do what a test says, in virtual time. */
function scene(react: (events: SocketEvents, sent: string, number: number) => void, answers: Json[] = []) {
  const clock = virtualClock(START);
  const stop = new AbortController();
  const sent: Call[] = [];
  const told: string[] = [];
  let sockets = 0;
  const send = (request: Request): Promise<Answer> => {
    if (!("op" in request)) throw new Error("only calls are expected");
    sent.push(request);
    const id = `c${sent.filter(({ op }) => op.startsWith("POST")).length}`;
    const expires = new Date(clock.now() + 24 * 3_600_000).toISOString();
    const channel = answers.shift() ?? { id, connectUri: `wss://stream.invalid/channels/${id}`, expires };
    const entities = [{ id: "v2.flows.1", state: "Permitted" }];
    return Promise.resolve({ status: 200, body: request.op.startsWith("POST") ? channel : { entities } });
  };
  const ports = {
    clock,
    random: () => 1,
    signal: stop.signal,
    logIn: () => Promise.resolve({ send, close: () => undefined }),
    connectSocket: (_address: string, events: SocketEvents) => {
      const number = (sockets += 1);
      queueMicrotask(() => events.opened());
      return { send: (text: string) => react(events, text, number), close: () => undefined };
    },
  };
  const seen = (): string => `${Math.round((clock.now() - START) / 1000)} s`;
  const events = {
    open: () => void told.push(`open ${seen()}`),
    lost: (reason: string) => {
      told.push(`lost ${seen()}: ${reason}`);
      if (told.filter((line) => line.startsWith("lost")).length === 3) stop.abort();
    },
    changed: (topic: string) => void told.push(topic),
  };
  return { ports, events, told, sent };
}

const PONG = JSON.stringify({ topicName: "channel.metadata", eventBody: { message: "pong" } });
const EVENT = JSON.stringify({ topicName: "v2.flows.1", eventBody: {} });

describe("a notification channel", () => {
  it("is replaced before it expires, without a loss of what is told meanwhile", async () => {
    const { ports, events, told, sent } = scene((socket) => socket.message(PONG));
    await keepChannel(ports, () => topics, events);
    expect(told).toEqual([
      "open 0 s",
      "lost 69120 s: about to expire",
      "open 69121 s",
      "lost 138241 s: about to expire",
      "open 138242 s",
      "lost 207362 s: about to expire",
    ]);
    const posts = sent.filter(({ op }) => op.startsWith("POST"));
    expect(posts).toHaveLength(3);
  });

  it("counts as lost when it says nothing, though its socket is open", async () => {
    const { ports, events, told } = scene(() => undefined);
    await keepChannel(ports, () => topics, events);
    expect(told[0]).toBe("lost 90 s: silent");
    expect(told.some((line) => line.startsWith("open"))).toBe(false);
  });

  it("falls silent only after it has missed two answers", async () => {
    const answered = { pings: 0 };
    const { ports, events, told } = scene((socket) => {
      answered.pings += 1;
      if (answered.pings <= 4) socket.message(PONG);
    });
    await keepChannel(ports, () => topics, events);
    expect(told.slice(0, 2)).toEqual(["open 0 s", "lost 180 s: silent"]);
  });

  it("comes back after growing pauses when it is closed again and again", async () => {
    const { ports, events, told } = scene((socket) => socket.closed("code 1006"));
    await keepChannel(ports, () => topics, events);
    expect(told).toEqual(["lost 0 s: code 1006", "lost 1 s: code 1006", "lost 3 s: code 1006"]);
  });

  it("ends when the service says that it is about to close it", async () => {
    const { ports, events, told } = scene((socket) => socket.message('{"topicName":"v2.system.socket_closing"}'));
    await keepChannel(ports, () => topics, events);
    expect(told.slice(0, 2)).toEqual(["open 0 s", "lost 0 s: the service closes it"]);
  });

  it("is given up for now where the answer holds no channel, or no topic is permitted", async () => {
    const { ports, events, told } = scene((socket) => socket.closed("code 1006"), [{}, []]);
    await keepChannel(ports, () => topics, events);
    expect(told.slice(0, 2)).toEqual(["lost 0 s: no channel in the answer", "lost 1 s: no channel in the answer"]);
  });

  it("tells of a topic that changed, and sets its topics again when there are others", async () => {
    const more: WatchedTopics = {
      objects: new Map([...topics.objects, ["v2.flows.2", "flow/inboundcall:New"]]),
      left: 0,
    };
    const pings = { count: 0 };
    const { ports, events, told, sent } = scene((socket) => {
      pings.count += 1;
      socket.message(EVENT);
      if (pings.count === 4) socket.closed("code 1000");
    });
    await keepChannel(ports, () => (pings.count === 0 ? topics : more), events);
    expect(told.slice(0, 3)).toEqual(["open 0 s", "v2.flows.1", "v2.flows.1"]);
    const first = sent.filter(({ op, path }) => op.startsWith("PUT") && path?.["channelId"] === "c1");
    expect(first.map(({ body }) => body)).toEqual([
      [{ id: "v2.flows.1" }],
      [{ id: "v2.flows.1" }, { id: "v2.flows.2" }],
    ]);
  });

  it("pauses between half of a limit and the limit, which doubles up to five minutes", () => {
    const longest = [1, 2, 3, 9, 10, 50].map((failures) => pauseAfter(failures, () => 1));
    expect(longest).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000]);
    expect(pauseAfter(3, () => 0)).toBe(2000);
  });
});
