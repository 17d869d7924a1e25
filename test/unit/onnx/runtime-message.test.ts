import { describe, expect, it } from 'vitest';
import { explainRuntime } from '../../../src/adapters/onnx/runtime-message.ts';

const SOURCES = '/onnxruntime_src/onnxruntime/core';

describe('what the runtime says', () => {
  it.each([
    [
      'a parameter that is a template with parentheses of its own',
      `Load model from m.onnx failed:${SOURCES}/graph/model_load_utils.h:46 void onnxruntime::model_load_utils::ValidateOpsetForDomain(const std::unordered_map<std::__cxx11::basic_string<char>, int>&, const onnxruntime::logging::Logger&, bool, const std::string&, int) ONNX Runtime only *guarantees* support for official opsets (till 26).\n`,
      'ONNX Runtime only *guarantees* support for official opsets (till 26).',
    ],
    [
      'a constructor',
      `Load model from m.onnx failed:${SOURCES}/graph/model.cc:202 onnxruntime::Model::Model(onnx::ModelProto&&, const onnxruntime::PathString&) Unsupported model IR version: 99, max supported IR version: 13\n`,
      'Unsupported model IR version: 99, max supported IR version: 13',
    ],
    [
      'a template with its arguments',
      `Exception during initialization: ${SOURCES}/providers/cpu/ml/tree_ensemble_common.h:441 onnxruntime::common::Status onnxruntime::ml::detail::TreeEnsembleCommon<InputType, ThresholdType, OutputType>::Init(int, int, const onnxruntime::ml::detail::TreeEnsembleAttributesV3<ThresholdType>&) [with InputType = float; ThresholdType = float; OutputType = float] base_values must be empty\n`,
      'Exception during initialization: base_values must be empty',
    ],
    [
      'a status with the node before the place',
      `Non-zero status code returned while running ConstantOfShape node. Name:'' Status Message: ${SOURCES}/framework/bfc_arena.cc:360 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 4398046511104\n`,
      "Non-zero status code returned while running ConstantOfShape node. Name:'' Status Message: Failed to allocate memory for requested buffer of size 4398046511104",
    ],
    [
      'a constant function and a lambda within it',
      `${SOURCES}/session.cc:9 onnxruntime::Status onnxruntime::Session::Load(int) const::<lambda(size_t)> size was wrong`,
      'size was wrong',
    ],
    [
      'places that were passed through',
      `${SOURCES}/a.cc:1 void onnxruntime::A::Run(int) ${SOURCES}/b.h:2 bool onnxruntime::B::Get() const the last word`,
      'the last word',
    ],
    [
      'a function that is named alone',
      'External data path validation failed. Error: tensorprotoutils.cc:461 ValidateExternalDataPathFromDir External data path does not exist: "w.bin"',
      'External data path validation failed. Error: External data path does not exist: "w.bin"',
    ],
    [
      'how another compiler names functions',
      'D:\\a\\core\\graph\\model.cc:187 onnxruntime::Model::Model ModelProto does not have a graph.',
      'ModelProto does not have a graph.',
    ],
    [
      'a plain sentence, its parentheses and colons',
      "Invalid model. Node input 'a::b(c)' is not a graph input.\nand more",
      "Invalid model. Node input 'a::b(c)' is not a graph input.",
    ],
    ['a signature that never ends', `${SOURCES}/a.cc:1 void onnxruntime::A::Run(int`, 'no reason was given'],
    ['nothing', '', 'no reason was given'],
  ])('%s', (_name, said, expected) => {
    expect(explainRuntime(new Error(said))).toBe(expected);
    expect(explainRuntime(said)).toBe(expected);
  });

  it('is short and one line, however long the words were', () => {
    const said = explainRuntime(new Error(`${'word '.repeat(10_000)}\nsecond`));
    expect(said.length).toBeLessThanOrEqual(450);
    expect(explainRuntime(`x.cc:1 void a::b${'('.repeat(100_000)}`)).toBe('no reason was given');
    expect(explainRuntime('x'.repeat(1_000_000))).toHaveLength(450);
  });
});
