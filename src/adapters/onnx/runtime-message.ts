/** The first line of what the runtime said, without the paths and C++ signatures of whoever built it. */
export function explainRuntime(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [line = text] = text.split('\n');
  return line
    .replace(/\/\S*onnxruntime_src\/\S*\s?/g, '')
    .replace(/(?:[\w:*&<>]+ )?onnxruntime::[\w:~]+\([^()]*\)\s*(?:const )?/g, '')
    .replace(/^Load model from .* failed:/, '')
    .slice(0, 300);
}
