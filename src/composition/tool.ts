/** Name and version that documents, models and requests carry; the version is that of package.json. */
export const TOOL = { name: 'contender', version: '0.1.0' } as const;
