/** Apollo Client as a frontend would set it up. */

import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  InMemoryCache,
  NetworkStatus,
  type ObservableQuery,
  type OperationVariables,
} from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { filter, firstValueFrom } from "rxjs";
import { GRAPHQL, NORTH_ADMIN, wire, type Wire } from "../clinic.js";

export interface Session extends Pick<Wire, "exchanges"> {
  client: ApolloClient;
}

type MakeLink = (options: HttpLink.Options) => ApolloLink;

/** Return a client with an empty cache, signed in with `token`, and the requests that it will send. */
export function signIn(token = NORTH_ADMIN, makeLink: MakeLink = (options) => new HttpLink(options)): Session {
  const { fetch, exchanges } = wire(token);
  const link = makeLink({ uri: GRAPHQL, fetch });
  return { client: new ApolloClient({ link, cache: newCache() }), exchanges };
}

function newCache(): InMemoryCache {
  const pages = relayStylePagination(["sort", "deleted", "filter"]);
  return new InMemoryCache({
    typePolicies: {
      Query: { fields: { specialists: pages, specialties: pages } },
      Specialty: { fields: { specialists: relayStylePagination(["sort"]) } },
    },
  });
}

/** Return what a component that watches the query renders once nothing is loading; the query stays subscribed. */
export async function settledData<Data, Variables extends OperationVariables>(
  query: ObservableQuery<Data, Variables>,
): Promise<Data> {
  query.subscribe({});
  const { data } = await firstValueFrom(
    query.pipe(filter(({ networkStatus }) => networkStatus === NetworkStatus.ready)),
  );
  return data as Data;
}
