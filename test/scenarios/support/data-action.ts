import type { Admin } from "./admin.ts";

/** Makes the data action `Find`, which calls the CRM with an `Authorization` header; gives its id. */
export function createDataAction(admin: Admin, integrationId: string, header: string): Promise<string> {
  return admin.create("/api/v2/integrations/actions", {
    name: "Find",
    category: "CRM",
    integrationId,
    secure: false,
    contract: {
      input: { inputSchema: { type: "object", properties: {} } },
      output: { successSchema: { type: "object", properties: {} } },
    },
    config: {
      request: {
        requestUrlTemplate: "https://crm.example.com",
        requestType: "GET",
        headers: { Authorization: header },
      },
      response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "${rawResult}" },
    },
  });
}
