import { describe, expect, it } from "vitest";
import { expectedLine, expectedRequests } from "../../src/app/expected-requests.ts";
import { KINDS } from "../../src/kinds/index.ts";

const counts = {
  queue: { listed: 1200, read: 1200, kept: 1200 },
  "email-domain": { listed: 3, read: 3, kept: 3 },
  "email-route": { listed: 4, read: 4, kept: 4 },
  flow: { listed: 501, read: 501, kept: 500 },
  integration: { listed: 101, read: 101, kept: 101 },
};

describe("the requests that a reading is expected to take", () => {
  it("are pages of lists, and what lists leave out of each object", () => {
    const lists = 2 * 3 + 1 + 3 + 2 + 2;
    expect(expectedRequests(KINDS, counts)).toBe(2 + lists + 2 * 1200 + 2 * 500);
    expect(expectedRequests(KINDS, counts, "revisions")).toBe(2 + lists + 2 * 1200);
    // The services that the pieces of these kinds are audited by, and the list of all.
    expect(expectedRequests(KINDS, counts, "audit")).toBe(2 + lists + 1 + 1);
  });

  it("are told with the time that they take within the rate limit", () => {
    const expected = { org: "Acme", full: 6839, perMinute: 300, tokens: 1 };
    expect(expectedLine(expected)).toBe("Acme: needs about 6,839 requests: 23 min at 300 a minute with 1 token");
    expect(
      expectedLine({ ...expected, tokens: 10, since: { requests: 48, takenAt: "2026-01-02T09:12:59.000Z" } }),
    ).toBe(
      "Acme: needs about 6,839 requests: 2 min at 300 a minute with 10 tokens; since 2026-01-02 09:12 UTC only 48",
    );
    expect(expectedLine({ ...expected, full: 450, tokens: 10 })).toBe(
      "Acme: needs about 450 requests: 45 s at 300 a minute with 2 tokens",
    );
    expect(expectedLine({ ...expected, full: 5, perMinute: undefined })).toBe("Acme: needs about 5 requests");
  });
});
