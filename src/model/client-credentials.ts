/** What an OAuth client of an organisation proves itself with. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}
