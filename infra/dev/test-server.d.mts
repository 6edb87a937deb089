export function findTestServer(): Promise<string>
