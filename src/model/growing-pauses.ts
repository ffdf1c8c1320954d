/** Pauses in milliseconds that grow by `factor`, up to `longest`, and reach `limit` in all. */
export function growingPauses(first: number, longest: number, limit: number, factor = 2): number[] {
  const pauses: number[] = [];
  let sum = 0;
  for (let pause = first; sum < limit; pause = Math.min(pause * factor, longest)) {
    pauses.push(pause);
    sum += pause;
  }
  return pauses;
}
