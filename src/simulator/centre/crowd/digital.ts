import { objectsPath } from "../companions.ts";
import { post } from "../foundations.ts";
import { ref } from "../types.ts";
import type { Crowd } from "./crowds.ts";
import { crowd, crowdName, numbers } from "./crowds.ts";

const configurations = "/api/v2/webdeployments/configurations";
const first = ["web-configuration", crowdName(1)] as const;

/** Web messaging and the addresses that customers write to. */
export const digitalCrowds: readonly Crowd[] = [
  crowd("message-recipient", objectsPath, 100, (n) => ({
    kind: "message-recipient",
    name: crowdName(n),
    messengerType: "open",
  })),
  crowd("web-configuration", configurations, 300),
  {
    kind: "web-configuration-version",
    cap: 300,
    needs: () => ({ "web-configuration": 1 }),
    steps: (count) =>
      numbers(count).map((n) =>
        post("web-configuration-version", crowdName(n), `${configurations}/{0}/versions/draft/publish`, undefined, [
          first,
        ]),
      ),
  },
  crowd(
    "web-deployment",
    "/api/v2/webdeployments/deployments",
    300,
    (n) => ({ name: crowdName(n), configuration: { id: ref(...first), version: "1" } }),
    { needs: () => ({ "web-configuration-version": 1 }) },
  ),
];
