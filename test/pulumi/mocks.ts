import * as pulumi from "@pulumi/pulumi";

/** What a mocked engine was asked to register. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** Puts an engine in place that creates whatever is asked for and remembers it. */
export async function mockEngine(): Promise<{ registered: Registered[]; invoked: pulumi.runtime.MockCallArgs[] }> {
  const registered: Registered[] = [];
  const invoked: pulumi.runtime.MockCallArgs[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      registered.push({ type, name, inputs: inputs as Record<string, unknown> });
      return { id: `id of ${name}`, state: { ...(inputs as object), coordinate: `some/${name}` } };
    },
    call: (args) => {
      invoked.push(args);
      return { id: "an-id" };
    },
  });
  return { registered, invoked };
}

/** The value of an output. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => void output.apply((value) => resolve(value)));
}
