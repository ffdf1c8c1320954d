import { demoPairing } from "../../src/simulator/seed/index.ts";

/** A value for every secret that objects of the seed need; all of them the canary. */
export const SECRETS = {
  secrets: [
    ...demoPairing({ seed: 1, size: "S" }).secrets.map((rule) => ({ ...rule, value: "env:CANARY" })),
    {
      kind: "trunk",
      name: "*",
      path: "/properties/trunk_sip_authentication_credentials_password",
      value: "env:CANARY",
    },
  ],
};
