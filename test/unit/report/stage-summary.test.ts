import { describe, expect, it } from 'vitest';
import { renderStageSummary } from '../../../src/core/report/stage-summary.ts';
import { HOSTILE } from './hostile-text.ts';

describe('renderStageSummary', () => {
  it('shows the outputs of a model as a table and leaves empty ones out', () => {
    const outputs = { verdict: 'trained', cached: 'false', 'champion-version': '' };
    expect(
      renderStageSummary({
        stage: 'train-model',
        verdict: 'trained',
        endings: [{ model: 'fraud', outputs, details: 'more\n' }],
      }),
    ).toBe(`## train-model: trained

### \`fraud\`

| output | value |
| :--- | :--- |
| \`verdict\` | \`trained\` |
| \`cached\` | \`false\` |

more
`);
  });

  it('shows the message of an error in the place of outputs', () => {
    const text = renderStageSummary({
      stage: 'validate-data',
      verdict: 'error',
      endings: [{ model: '', outputs: { verdict: 'error' }, message: 'no such file' }],
    });
    expect(text).toBe('## validate-data: error\n\n**Stopped:** no such file\n');
  });

  it('counts the models it has no room for', () => {
    const endings = Array.from({ length: 130 }, (_, index) => ({ model: `m${index}`, outputs: {} }));
    const text = renderStageSummary({ stage: 'train-model', verdict: 'trained', endings });
    expect(text.match(/^### /gm)).toHaveLength(100);
    expect(text).toContain('and 30 more');
  });

  it.each(HOSTILE.filter((text) => text !== ''))('shows hostile text as text: %j', (hostile) => {
    const text = renderStageSummary({
      stage: 'check-drift',
      verdict: 'error',
      endings: [
        { model: 'a', outputs: { url: hostile } },
        { model: 'b', outputs: {}, message: hostile },
      ],
    });
    expect(text).not.toMatch(/<(?!\/?code>)/);
    expect(text.trimEnd().split('\n')).toHaveLength(11);
  });
});
