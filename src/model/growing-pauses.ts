/** Pauses in milliseconds that double up to `longest` and reach `limit` in all. */
export function growingPauses(first: number, longest: number, limit: number): number[] {
  const pauses: number[] = [];
  let sum = 0;
  for (let pause = first; sum < limit; pause = Math.min(pause * 2, longest)) {
    pauses.push(pause);
    sum += pause;
  }
  return pauses;
}
