import * as pulumi from "@pulumi/pulumi";

/** One resource that a program registered. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** The URN-like reference of its provider; empty for components and providers. */
  readonly provider: string;
}

/** Resources in the order of their registration. */
export interface Recording {
  readonly all: Registered[];
  /** Those of one type, such as `aws:route53/record:Record`. */
  of(type: string): Registered[];
  /** The one of a type and name. @throws Error when there is none */
  one(type: string, name: string): Registered;
  /** Runs a program and waits until all that it registered has been answered; gives what it returns. */
  run<T>(program: () => T): Promise<T>;
  /** Options as the engine was given them, by type and name. */
  options(type: string, name: string): pulumi.CustomResourceOptions & pulumi.ComponentResourceOptions;
}

/** What AWS would compute. */
function computed(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const region = typeof inputs.region === "string" ? inputs.region : "global";
  const arn = `arn:aws:test:${region}:123456789012:${type.split(":")[2]}/${name}`;
  const own: Record<string, object> = {
    "aws:route53/record:Record": { fqdn: inputs.name },
    "aws:route53/zone:Zone": { zoneId: `${name}-id`, nameServers: ["ns-1.example.net", "ns-2.example.org"] },
  };
  return { name: `${name}-1a2b3c4`, arn, ...own[type], ...inputs };
}

/**
 * Records what is registered from now on. Once per test file: the SDK keeps one state per process.
 * @param config values such as `lockstep:aws`
 */
export async function record(config: Record<string, string> = {}): Promise<Recording> {
  const all: Registered[] = [];
  const options = new Map<string, pulumi.CustomResourceOptions>();
  pulumi.runtime.setAllConfig(config);
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider, custom }) => {
        const given = inputs as Record<string, unknown>;
        all.push({ type, name, inputs: given, provider: provider ?? "" });
        return { id: custom === false ? "" : `${name}-id`, state: computed(type, name, given) };
      },
      call: ({ token }) => {
        if (token === "aws:index/getCallerIdentity:getCallerIdentity") return { accountId: "123456789012" };
        throw new Error(`nobody may call ${token}`);
      },
    },
    "lockstep",
    "dns",
    false,
  );
  return {
    all,
    run: (program) => run(program, options),
    of: (type) => all.filter((resource) => resource.type === type),
    one: (type, name) => {
      const found = all.find((resource) => resource.type === type && resource.name === name);
      if (found === undefined) throw new Error(`no ${type} ${name} among ${all.map((one) => one.name).join(", ")}`);
      return found;
    },
    options: (type, name) => options.get(`${type} ${name}`) ?? {},
  };
}

const DEADLINE_MS = 60_000;

/** The value of an output; fails instead of waiting for ever when it never comes. */
export function valueOf<T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the output never came")), DEADLINE_MS);
    pulumi.output(output).apply((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** A stack has to exist before its resources' options can be looked at. */
async function run<T>(program: () => T, options: Map<string, pulumi.CustomResourceOptions>): Promise<T> {
  const results: T[] = [];
  await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
      options.set(`${type} ${name}`, opts);
      return undefined;
    });
    results.push(program());
  });
  await pulumi.runtime.disconnect();
  const [result] = results;
  if (result === undefined) throw new Error("the program returned nothing");
  return result;
}
