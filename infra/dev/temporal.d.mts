export function findTemporal(say?: (text: string) => void): Promise<string>
