/** What the extension's manifest (package.json) promises to be in the package. */

/**
 * The files a manifest names, relative to its folder: entry points, icons, and everything under `contributes` that is
 * a path by its looks (`./syntaxes/crn.json`, `docs/walkthrough/hover.md`).
 */
export function filesNamed(manifest: Readonly<Record<string, unknown>>): string[] {
  const named = new Set<string>();
  const plain = (path: string): string => path.replace(/^\.\//, '');
  for (const key of ['main', 'browser', 'icon']) {
    const value = manifest[key];
    if (typeof value === 'string') named.add(plain(value));
  }
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/^(\.\/|[\w.-]+\/)([\w.-]+\/)*[\w.-]+\.(json|md|svg|png|gif|ttf|woff2?|css|js|cjs)$/.test(value)) named.add(plain(value));
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) visit(part);
    }
  };
  visit(manifest['contributes']);
  return [...named].sort();
}
