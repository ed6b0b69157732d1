using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Kingma and Ba 2015, algorithm 1.</summary>
public class Adam : Optimizer
{
    private readonly List<(Parameter Parameter, Tensor Mean, Tensor Square)> _state = [];
    private readonly ParamGroup _group;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _eps;
    private readonly double _weightDecay;
    private long _step;

    public Adam(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(0)
    {
        if (lr < 0 || eps < 0 || beta1 is < 0 or >= 1 || beta2 is < 0 or >= 1 || weight_decay < 0)
            throw new ArgumentException("An option of Adam is out of its range.");
        if (amsgrad || maximize)
            throw new NotSupportedException("The stand-in for TorchSharp has neither amsgrad nor maximize.");

        (_beta1, _beta2, _eps, _weightDecay) = (beta1, beta2, eps, weight_decay);
        _group = new ParamGroup { Parameters = parameters.ToList(), LearningRate = lr, InitialLearningRate = lr };
        _parameter_groups = [_group];
        foreach (var parameter in _group.Parameters)
            _state.Add((parameter, zeros_like(parameter).DetachFromDisposeScope(), zeros_like(parameter).DetachFromDisposeScope()));
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        var loss = closure?.Invoke();
        using var recording = no_grad();
        using var scope = NewDisposeScope();
        _step++;
        foreach (var (parameter, mean, square) in _state)
        {
            if (parameter.grad is not { } grad)
                continue;
            if (_weightDecay != 0)
                grad = grad.add(parameter, alpha: _weightDecay);
            mean.mul_(_beta1).add_(grad, alpha: 1 - _beta1);
            square.mul_(_beta2).addcmul_(grad, grad, value: 1 - _beta2);
            var deviation = (square.sqrt() / Math.Sqrt(1 - Math.Pow(_beta2, _step))).add_(_eps);
            parameter.addcdiv_(mean, deviation, value: -_group.LearningRate / (1 - Math.Pow(_beta1, _step)));
        }
        return loss;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (var (_, mean, square) in _state)
        {
            mean.Dispose();
            square.Dispose();
        }
    }
}
