/** The code of a rule, never broken at its hyphen. */
export const Rule = ({ code }: { code: string }) => <span className="nowrap">{code}</span>
