import { defined } from "../../model/defined.ts";
import { createRequire } from "node:module";
import os from "node:os";
import type { Address } from "./address.ts";

/** The official SDK, `purecloud-platform-client-v2`. */
export type Sdk = typeof import("purecloud-platform-client-v2");

/** The SDK's client of one organisation. */
export type SdkClient = InstanceType<Sdk["ApiClientClass"]>;

/**
 * The SDK reads `~/.genesyscloudjavascript/config` as soon as one of its clients exists, and watches it: the file can
 * point a client at another organisation and log its traffic (genesys-api §9.4). There is no setting that comes early
 * enough, so the home directory is no directory for as long as the given synchronous work takes.
 */
function withoutHome<T>(work: () => T): T {
  const homedir = os.homedir;
  os.homedir = () => os.devNull;
  try {
    return work();
  } finally {
    os.homedir = homedir;
  }
}

function stopReadingConfig(client: SdkClient): void {
  client.config.live_reload_config = false;
  client.config.setConfigPath("");
}

/**
 * Loads the SDK, which takes about 150 ms the first time. `require`, because loading has to be synchronous to be done
 * without a home directory, and because a named import of this CommonJS package fails (genesys-api §11).
 */
export function loadSdk(): Sdk {
  const sdk = withoutHome(() => createRequire(import.meta.url)("purecloud-platform-client-v2") as Sdk);
  // The SDK keeps a client of its own that we never use; it must not watch anything either.
  stopReadingConfig(sdk.ApiClient.instance);
  return sdk;
}

/** A client of its own for one organisation, deaf to any configuration file, that says status and headers of answers. */
export function createSdkClient(sdk: Sdk, address: Address): SdkClient {
  const client = withoutHome(() => new sdk.ApiClientClass());
  stopReadingConfig(client);
  client.config.refresh_access_token = false;
  client.setReturnExtendedResponses(true);
  const { gateway, host } = address;
  if (gateway) {
    client.setGateway(
      defined({
        host: gateway.hostname,
        protocol: gateway.protocol.replace(":", ""),
        port: gateway.port === "" ? undefined : Number(gateway.port),
        path_params_login: gateway.pathname,
        path_params_api: gateway.pathname,
      }),
    );
  } else if (host !== undefined) {
    client.setEnvironment(host);
  }
  return client;
}
