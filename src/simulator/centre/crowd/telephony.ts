import type { SeedObject } from "../types.ts";
import { to } from "../types.ts";
import type { Crowd } from "./crowds.ts";
import { crowd, crowdName, digits, numbers } from "./crowds.ts";

const edges = "/api/v2/telephony/providers/edges";

/** A classification for each route of the first site, because a classification belongs to one route (genesys-api §5.5). */
const plans = (count: number): readonly SeedObject[] =>
  numbers(count).map((n) => ({
    name: crowdName(n),
    classification: crowdName(n),
    matchType: "numberList",
    numbers: [{ start: `9${digits(n)}`, end: `9${digits(n)}` }],
  }));

/** Trunks, sites with their routes, and numbers. */
export const telephonyCrowds: readonly Crowd[] = [
  crowd(
    "site",
    `${edges}/sites`,
    100,
    (n) => ({
      name: crowdName(n),
      location: { ...to("location", crowdName(1)), emergencyNumber: { number: "+442079460999", type: "default" } },
      mediaModel: "Cloud",
    }),
    { needs: () => ({ location: 1 }) },
  ),
  crowd("trunk", `${edges}/trunkbasesettings`, 100, (n) => ({
    name: crowdName(n),
    trunkType: "PHONE",
    trunkMetabase: { id: "phone_connections_webrtc.json" },
    properties: {},
  })),
  crowd(
    "edge-group",
    `${edges}/edgegroups`,
    100,
    (n) => ({
      name: crowdName(n),
      edgeTrunkBaseAssignment: { family: 2, trunkBase: to("trunk", crowdName(1)) },
      phoneTrunkBases: [to("trunk", crowdName(1))],
    }),
    { needs: () => ({ trunk: 1 }) },
  ),
  {
    kind: "number-plans",
    cap: 100,
    needs: () => ({ site: 1 }),
    steps: (count) => [
      {
        kind: "number-plans",
        name: crowdName(1),
        method: "PUT",
        path: `${edges}/sites/{0}/numberplans`,
        at: [["site", crowdName(1)]],
        body: plans(count),
      },
    ],
  },
  crowd(
    "outbound-route",
    `${edges}/sites/{0}/outboundroutes`,
    100,
    (n) => ({ name: crowdName(n), classificationTypes: [crowdName(n)], externalTrunkBases: [] }),
    { needs: (count) => ({ "number-plans": count }), at: [["site", crowdName(1)]] },
  ),
  crowd("did-pool", `${edges}/didpools`, 100, (n) => ({
    name: crowdName(n),
    startPhoneNumber: `+1317555${digits(n)}0`,
    endPhoneNumber: `+1317555${digits(n)}1`,
  })),
  crowd("extension-pool", `${edges}/extensionpools`, 100, (n) => ({
    startNumber: `70${digits(n)}0`,
    endNumber: `70${digits(n)}9`,
  })),
];
