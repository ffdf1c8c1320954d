// Bundled into the package by tools/bundle.mjs: of the AWS SDK, whoever sends messages needs this request only.
export { PublishCommand, SNSClient, type PublishCommandInput } from "@aws-sdk/client-sns";
