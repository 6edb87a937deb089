/** Local times of Asia/Almaty as people write them, since 1 March 2024: UTC+5. */
const FIVE_HOURS = 5 * 3_600_000

/** `2026-11-25 10:05` → ms UTC. */
export const local = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00Z`) - FIVE_HOURS
/** ms UTC → `2026-11-25 10:05`. */
export const shown = (at: number): string => new Date(at + FIVE_HOURS).toISOString().slice(0, 16).replace('T', ' ')
/** ms UTC → ISO with its zone, as forms want it. */
export const iso = (at: number): string => `${new Date(at + FIVE_HOURS).toISOString().slice(0, 23)}+05:00`
