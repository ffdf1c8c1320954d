import { post } from "../foundations.ts";
import type { Plan, TrunkPlan } from "../plan.ts";
import { secretMark } from "../integrations.ts";
import { cycle } from "../random.ts";
import type { SeedStep, Side } from "../types.ts";
import { to } from "../types.ts";
import { catalogue, instances, usualProperties } from "./trunk-properties.ts";

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z]+/g, "-");

/** Addresses of the session border controllers that a trunk of that side talks to. */
export const sbcHosts = (trunk: TrunkPlan, side: Side): readonly string[] =>
  ["a", "b"].map((leg) => `sbc-${leg}${String(trunk.index + 1)}.${slug(trunk.carrier)}.${side}.example.com:5061`);

/** The inbound termination identifier, unique in a region (trunk-properties §5). */
const terminationUri = (plan: Plan, trunk: TrunkPlan, side: Side): string =>
  `${plan.slug}-${side}-${String(trunk.index + 1)}`;

/** BYOC trunks of both carriers; the first one sets every known property, the others what is usual. */
export const trunkSteps = (plan: Plan): readonly SeedStep[] =>
  plan.trunks.map((trunk) =>
    post("trunk", trunk.name, "/api/v2/telephony/providers/edges/trunkbasesettings", {
      name: trunk.name,
      description: trunk.index === 0 ? "Primary carrier, everything set by hand" : "",
      trunkType: "EXTERNAL",
      trunkMetabase: { id: "external_sip_pcv_byoc_carrier.json" },
      inboundSite: to("site", cycle(plan.sites, trunk.index)),
      properties: instances({
        ...(trunk.index === 0
          ? { ...catalogue, trunk_sip_authentication_credentials_password: `${secretMark}-${plan.side}-trunk` }
          : {}),
        ...usualProperties(trunk.name, sbcHosts(trunk, plan.side), terminationUri(plan, trunk, plan.side)),
        ...(trunk.index % 3 === 2
          ? { trunk_transport_protocolVariant: "udp", trunk_media_codec: ["audio/pcma", "audio/pcmu"] }
          : {}),
      }),
    }),
  );
