import type { Fields } from "../shape.ts";
import { server, text, whole } from "../shape.ts";

/** The header that every object of the domain-entity family carries (genesys-api §1.3); only the server writes it. */
export const domainFields: Fields = {
  version: server(whole),
  dateCreated: server(text),
  dateModified: server(text),
  modifiedBy: server(text),
  createdBy: server(text),
  state: server(text),
  modifiedByApp: server(text),
  createdByApp: server(text),
};
