import { isoTime } from "../engine.ts";
import { byNameStart } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { allOf, anyOf } from "../resource.ts";
import { oneOf, ref, required, server, text, whole } from "../shape.ts";

const types = [
  "MessagingTemplate",
  "CampaignSmsTemplate",
  "CampaignEmailTemplate",
  "Footer",
  "Form",
  "AppleInvitation",
];

/**
 * Response libraries: only the name can be updated, and an update needs the most recent version (definition, PUT
 * responsemanagement/libraries). That two may not have one name is unverified.
 */
export const responseLibrary: Resource = {
  kind: "response-library",
  path: "/api/v2/responsemanagement/libraries",
  fields: {
    name: required(text),
    division: ref("division"),
    version: server(whole),
    dateCreated: server(text),
    responseType: oneOf(...types),
  },
  needs: {
    list: anyOf("responses:library:view"),
    view: anyOf("responses:library:view"),
    add: anyOf("responses:library:add"),
    edit: allOf("responses:library:edit"),
    remove: anyOf("responses:library:delete"),
  },
  listing: { paging: "page", maxSize: 100, filters: { libraryPrefix: byNameStart } },
  update: "PUT",
  stamps: "version",
  divided: true,
  deleteStatus: 200,
  missingCode: "rms.library.not.found",
  unique: [{ by: ["name"], status: 409, code: "general.conflict" }],
  beforeStore(entry, call, previous) {
    const { dateCreated = isoTime(call.now), responseType } = (previous ?? entry).data;
    const { responseType: _given, ...rest } = entry.data;
    entry.data = { ...rest, dateCreated, ...(responseType === undefined ? {} : { responseType }) };
  },
};
