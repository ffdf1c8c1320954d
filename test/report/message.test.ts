import { describe, expect, it } from "vitest";
import { driftMessage, messageBody } from "../../src/report/message.ts";
import { reportOf } from "./sample.ts";

describe("a message about a drift", () => {
  it.each(["slack", "teams"] as const)("fits what %s takes, however long names are", (recipient) => {
    const name = "Größe ".repeat(8_000);
    const changes = Array.from({ length: 9 }, (_, at) => {
      return { coordinate: `queue/${name}${at}`, action: "create", edits: [] } as const;
    });
    const facts = { event: "drift", environment: name, now: 0, page: "https://ci.example.com/run/7" } as const;
    const body = messageBody(recipient, driftMessage(reportOf(changes, { name }), facts));
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(28_000);
    expect(body).toContain("queue Größe Größe");
    expect(body).toContain("… and 4 more");
    expect(body).toContain(facts.page);
  });
});
