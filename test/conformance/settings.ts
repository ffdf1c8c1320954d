import { demoPairing } from "../../src/simulator/centre/index.ts";

/** What a renamed object is called besides its old name. */
const MARK = " (new name)";

/** The same for prompts, whose names have letters, digits and underscores only (genesys-api §3). */
const WORD_MARK = "_new_name";

/** What an object of a kind is called besides its old name. */
export function markFor(kind: string): string {
  return kind === "prompt" ? WORD_MARK : MARK;
}

/** Was it renamed? */
export function isMarked(coordinate: string): boolean {
  return coordinate.includes(MARK) || coordinate.endsWith(WORD_MARK);
}

/** A value for every secret that objects of the seed need; all of them the canary. */
export const SECRETS = {
  secrets: [
    ...demoPairing({ seed: 1, size: "S" }).secrets.flatMap((rule) =>
      [rule.name, rule.name + MARK].map((name) => ({ ...rule, name, value: "env:CANARY" })),
    ),
    ...["userName", "password"].map((field) => ({
      kind: "credential",
      name: "basicAuth:Second login*",
      path: `/credentialFields/${field}`,
      value: "env:CANARY",
    })),
    {
      kind: "trunk",
      name: "*",
      path: "/properties/trunk_sip_authentication_credentials_password",
      value: "env:CANARY",
    },
  ],
};
