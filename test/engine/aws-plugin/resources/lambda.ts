import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationRequest,
} from "@aws-sdk/client-lambda";
import { capitals, object, renamed, reversed, text, unlessGone, type Handler } from "../handler.ts";
import type { Place } from "../place.ts";
import { same, type Obj } from "../values.ts";
import { zipOf } from "./zip.ts";

const NAMES = {
  ...capitals("role", "handler", "runtime", "timeout", "memorySize", "description"),
  kmsKeyArn: "KMSKeyArn",
};

/** The function's code and settings; moto runs no functions here. */
export const lambdaFunction: Handler = {
  named: "name",
  names: /^[\w-]{1,64}$/,
  replaces: ["name", "packageType", "architectures"],
  create: async (inputs, place) => {
    const answer = await place.client(LambdaClient).send(
      new CreateFunctionCommand({
        FunctionName: text(inputs, "name"),
        Role: text(inputs, "role"),
        Code: { ZipFile: zipOf(inputs["code"]) },
        ...configuration(inputs),
        ...renamed(inputs, capitals("architectures", "publish")),
      }),
    );
    const arn = answer.FunctionArn ?? "";
    const invokeArn = `arn:aws:apigateway:${place.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    return {
      id: text(inputs, "name"),
      outputs: { arn, invokeArn, version: answer.Version, codeSha256: answer.CodeSha256 },
    };
  },
  read: async (id, state, place) => {
    const command = new GetFunctionCommand({ FunctionName: id });
    const found = (await unlessGone(place.client(LambdaClient).send(command)))?.Configuration;
    if (found === undefined) return undefined;
    const variables = found.Environment?.Variables ?? {};
    const living: Obj = renamed({ ...found }, reversed(NAMES));
    const known = Object.fromEntries(Object.entries(living).filter(([name]) => name in state));
    return { ...known, ...("environment" in state ? { environment: { variables } } : {}) };
  },
  update: async (id, inputs, state, place) => {
    const lambda = place.client(LambdaClient);
    if (!same(inputs["code"], state["code"])) {
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: id, ZipFile: zipOf(inputs["code"]) }));
    }
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: id, ...configuration(inputs) }));
  },
  remove: async (id, _state, place) => {
    await unlessGone(place.client(LambdaClient).send(new DeleteFunctionCommand({ FunctionName: id })));
  },
};

function configuration(inputs: Obj): Omit<UpdateFunctionConfigurationRequest, "FunctionName"> {
  const variables = object(object(inputs, "environment"), "variables") as Record<string, string>;
  return { ...renamed(inputs, NAMES), ...("environment" in inputs ? { Environment: { Variables: variables } } : {}) };
}

export const permission: Handler = {
  named: "statementId",
  create: async (inputs, place) => {
    await place.client(LambdaClient).send(
      new AddPermissionCommand({
        FunctionName: text(inputs, "function"),
        StatementId: text(inputs, "statementId"),
        Action: text(inputs, "action"),
        Principal: text(inputs, "principal"),
        ...renamed(inputs, capitals("sourceArn", "sourceAccount")),
      }),
    );
    return { id: text(inputs, "statementId") };
  },
  read: async (id, state, place) => {
    const command = new GetPolicyCommand({ FunctionName: text(state, "function") });
    const found = await unlessGone(place.client(LambdaClient).send(command));
    const { Statement = [] } = JSON.parse(found?.Policy ?? "{}") as { Statement?: { Sid: string }[] };
    return Statement.some(({ Sid }) => Sid === id) ? {} : undefined;
  },
  remove: async (id, state, place) => {
    const command = new RemovePermissionCommand({ FunctionName: text(state, "function"), StatementId: id });
    await unlessGone(place.client(LambdaClient).send(command));
  },
};

const INVOKE_NAMES = capitals("maximumRetryAttempts", "maximumEventAgeInSeconds");

/** What becomes of asynchronous calls that fail. */
export const eventInvokeConfig: Handler = {
  replaces: ["functionName", "qualifier"],
  create: async (inputs, place) => {
    await putInvokeConfig(inputs, place);
    return { id: text(inputs, "functionName") };
  },
  read: async (id, _state, place) => {
    const command = new GetFunctionEventInvokeConfigCommand({ FunctionName: id });
    const found = await unlessGone(place.client(LambdaClient).send(command));
    return found && renamed({ ...found }, reversed(INVOKE_NAMES));
  },
  update: async (_id, inputs, _state, place) => putInvokeConfig(inputs, place),
  remove: async (id, _state, place) => {
    const command = new DeleteFunctionEventInvokeConfigCommand({ FunctionName: id });
    await unlessGone(place.client(LambdaClient).send(command));
  },
};

async function putInvokeConfig(inputs: Obj, place: Place): Promise<void> {
  const input = { FunctionName: text(inputs, "functionName"), ...renamed(inputs, INVOKE_NAMES) };
  await place.client(LambdaClient).send(new PutFunctionEventInvokeConfigCommand(input));
}
