import fc from "fast-check";
import { expect, it } from "vitest";
import { heardIn, topicsOf } from "../../../src/app/watch/topics.ts";

it("names the topics of what has one, those that matter most first (genesys-api §14.1)", () => {
  const ids = new Map([
    ["skill/Spanish", "1"],
    ["queue/Billing", "2"],
    ["data-table/Hours", "3"],
    ["flow/inboundcall:Main", "4"],
  ]);
  expect([...topicsOf(ids).objects]).toEqual([
    ["v2.flows.4", "flow/inboundcall:Main"],
    ["v2.audits.entitytype.Queue.entityid.2", "queue/Billing"],
    ["v2.audits.entitytype.Schema.entityid.3", "data-table/Hours"],
    ["v2.audits.entitytype.Row.entityid.3", "data-table/Hours"],
  ]);
});

it("takes no more topics than a channel holds, and says how many are left", () => {
  const ids = new Map(Array.from({ length: 1003 }, (_, n) => [`queue/Q${n}`, `${n}`]));
  const { objects, left } = topicsOf(ids);
  expect([objects.size, left]).toEqual([1000, 3]);
});

it("makes no topic of an id that would be another one", () => {
  for (const id of ["*", "a.b", "", "a\nb"]) expect(topicsOf(new Map([["queue/Q", id]])).objects.size).toBe(0);
});

it("takes from a message only what it is about", () => {
  const event = { topicName: "v2.flows.4", eventBody: { name: "x" } };
  expect(heardIn(JSON.stringify(event))).toEqual({ topic: "v2.flows.4" });
  expect(heardIn('{"topicName":"channel.metadata","eventBody":{"message":"pong"}}')).toBe("alive");
  expect(heardIn('{"topicName":"v2.system.socket_closing"}')).toBe("closing");
});

it("understands every text, however broken, as somebody who is there", () => {
  fc.assert(fc.property(fc.string(), (text) => void heardIn(text)));
  for (const text of ["", "[]", "null", "{", '{"topicName":7}', '{"__proto__":{"topicName":"x"}}'])
    expect(heardIn(text)).toBe("alive");
});
