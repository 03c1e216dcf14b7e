/** Style sheets are imported for the bundler, which puts them beside the script. */
declare module '*.css';
/** Data of the other rooms, bundled as they are. */
declare module '*.json' {
  const value: unknown;
  export default value;
}
