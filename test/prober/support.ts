import type { Json } from "../../src/model/json.ts";
import { virtualClock } from "../../src/platform/clock.ts";
import type { Http, ProbeRequest } from "../../src/prober/measure.ts";
import type { PassReport, ProberMemory, RunPorts } from "../../src/prober/passes.ts";
import type { MetricPoint } from "../../src/prober/publish.ts";
import { DEFAULT_LIMITS, type ProberSettings } from "../../src/prober/settings.ts";
import { firstStreak } from "../../src/prober/verdict.ts";

export const SECRET = "s3cr3t-canary";
export const TOKEN = "t0ken-canary";

/** What a test's services answer: a status with a body, silence, or a broken connection; `ms` passes meanwhile. */
export interface Scripted {
  readonly status?: number;
  readonly body?: Json;
  readonly failed?: "timeout" | "network";
  readonly ms?: number;
}

/** A prober on a virtual clock against scripted services. */
export interface Rig {
  readonly settings: ProberSettings;
  readonly ports: RunPorts;
  readonly requests: (ProbeRequest & { readonly at: number })[];
  readonly published: (MetricPoint & { readonly at: number })[];
  readonly reports: PassReport[];
}

export const FRESH: ProberMemory = { sessions: {}, streaks: { primary: firstStreak(1), standby: firstStreak(1) } };

const org = (name: string) => ({
  api: `https://api.${name}.test`,
  login: `https://login.${name}.test/oauth/token`,
  secretArn: `arn:${name}`,
  trunks: [],
});

export const TRUNK = {
  ...{ id: "1", name: "Carrier", state: "active", inService: true, connectedStatus: { connected: true } },
  ...{ optionsEnabledStatus: "ENABLED", optionsStatus: [{ optionState: true }] },
};

/** What a healthy organisation answers. */
export function healthy({ url, method }: ProbeRequest): Scripted {
  if (method === "POST") return { status: 200, body: { access_token: TOKEN, expires_in: 86400 } };
  return url.includes("/trunks?")
    ? { status: 200, body: { entities: [TRUNK], pageCount: 1 } }
    : { status: 200, body: { id: "org" } };
}

export function rig(
  answer: (request: ProbeRequest, at: number) => Scripted = healthy,
  over: Partial<Omit<RunPorts, "clock" | "http">> & { readonly limits?: Partial<ProberSettings["limits"]> } = {},
): Rig {
  const clock = virtualClock();
  const requests: Rig["requests"] = [];
  const published: Rig["published"] = [];
  const reports: PassReport[] = [];
  const http: Http = async (request) => {
    requests.push({ ...request, at: clock.elapsed() });
    const {
      status = 200,
      body,
      failed,
      ms = failed === "timeout" ? request.timeoutMs : 20,
    } = answer(request, clock.elapsed());
    await clock.sleep(ms);
    return failed === undefined ? { status, body } : { failed };
  };
  const { limits, ...ports } = over;
  return {
    settings: {
      ...{ namespace: "Test", pair: "pair", sides: { primary: org("primary"), standby: org("standby") } },
      limits: { ...DEFAULT_LIMITS, ...limits },
    },
    ports: {
      ...{ clock, http },
      credentialsOf: async () => ({ clientId: "id", clientSecret: SECRET }),
      publish: async (_namespace, points) =>
        void published.push(...points.map((point) => ({ ...point, at: clock.elapsed() }))),
      report: (line) => void reports.push(line),
      ...ports,
    },
    ...{ requests, published, reports },
  };
}

/** The values of `Healthy` that were published for one side, in order. */
export function healthOf(published: readonly MetricPoint[], side: string): number[] {
  return published
    .filter(({ metric, dimensions }) => metric === "Healthy" && dimensions.Side === side)
    .map(({ value }) => value);
}
