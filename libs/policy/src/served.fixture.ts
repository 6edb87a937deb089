/** Routes of an OpenAPI document as ROUTES names them, sorted. */
export const servedRoutes = ({ paths }: { paths: Record<string, Record<string, unknown>> }): string[] =>
  Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`))
    .toSorted()
