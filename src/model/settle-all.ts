/**
 * Waits for all, so that nothing runs on after a failure.
 * @throws what the first failed one, in the order of the list, was rejected with
 */
export async function settleAll<Value>(pending: readonly Promise<Value>[]): Promise<Value[]> {
  const settled = await Promise.allSettled(pending);
  return settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}
