"""Makes the two models with which tests tell tones apart as if they were voices: pip install onnx; python make.py"""

from onnx import TensorProto, checker, helper, save


def constant(name, values):
    return helper.make_node(
        "Constant", [], [name], value=helper.make_tensor(name, TensorProto.FLOAT, [len(values)], values)
    )


def model(name, nodes, inputs, outputs, metadata, initializers=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(made, {key: str(value) for key, value in metadata.items()})
    checker.check_model(made)
    save(made, f"{name}.onnx")


# Classes as pyannote has them: nobody, the first, the second, the third, and three pairs. A low tone is the first
# speaker, a high one the second: the steeper a sound of the same loudness, the higher it is.
frames = {"kernel_shape": [991], "strides": [270]}
model(
    "segmentation",
    [
        helper.make_node("Abs", ["x"], ["size"]),
        helper.make_node("AveragePool", ["size"], ["loud"], **frames),
        helper.make_node("Conv", ["x", "difference"], ["slope"], pads=[1, 0]),
        helper.make_node("Abs", ["slope"], ["steepness"]),
        helper.make_node("AveragePool", ["steepness"], ["steep"], **frames),
        constant("silence", [0.05]),
        constant("zero", [0.0]),
        constant("never", [-1.0]),
        constant("share", [0.25]),
        constant("weight", [4.0]),
        helper.make_node("Mul", ["loud", "zero"], ["nothing"]),
        helper.make_node("Add", ["nothing", "silence"], ["nobody"]),
        helper.make_node("Add", ["nothing", "never"], ["others"]),
        helper.make_node("Mul", ["loud", "share"], ["middle"]),
        helper.make_node("Sub", ["middle", "steep"], ["lowness"]),
        helper.make_node("Mul", ["lowness", "weight"], ["weighted"]),
        helper.make_node("Add", ["loud", "weighted"], ["low"]),
        helper.make_node("Sub", ["loud", "weighted"], ["high"]),
        helper.make_node("Concat", ["nobody", "low", "high"] + ["others"] * 4, ["classes"], axis=1),
        helper.make_node("Transpose", ["classes"], ["y"], perm=[0, 2, 1]),
    ],
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 1, "T"])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", "F", 7])],
    {
        "sample_rate": 16000,
        "window_size": 160000,
        "receptive_field_size": 991,
        "receptive_field_shift": 270,
        "num_speakers": 3,
        "powerset_max_classes": 2,
        "num_classes": 7,
    },
    [helper.make_tensor("difference", TensorProto.FLOAT, [1, 1, 2], [-1.0, 1.0])],
)

# The voice of a tone is where its spectrum has its peak.
model(
    "embedding",
    [
        helper.make_node("ReduceMean", ["x"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("ReduceMax", ["mean"], ["peak"], axes=[1], keepdims=1),
        helper.make_node("Sub", ["mean", "peak"], ["below"]),
        helper.make_node("Exp", ["below"], ["y"]),
    ],
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, "T", 80])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 80])],
    {
        "framework": "wespeaker",
        "language": "tones",
        "sample_rate": 16000,
        "output_dim": 80,
        "normalize_samples": 1,
    },
)
