using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.Functions;

namespace Acme.Functions;

/// <summary>A function of one argument, <c>value</c>.</summary>
public sealed class Function<TArgument, T> : Function
{
    private static readonly JsonTypeInfo<T> s_value = AcmeJson.Shared.Of<T>();
    private readonly Func<TArgument, RemoteInvocation, Task> _invoke;
    private readonly bool _isStream;

    internal Function(string name, string schema, Func<TArgument, RemoteInvocation, T> function)
        : this(name, schema, async (argument, invocation) => await invocation.GiveAsync(function(argument, invocation), s_value))
    {
    }

    internal Function(string name, string schema, Func<TArgument, RemoteInvocation, Task<T>> function)
        : this(name, schema, async (argument, invocation) => await invocation.GiveAsync(await function(argument, invocation), s_value))
    {
    }

    internal Function(string name, string schema, Func<TArgument, RemoteInvocation, IAsyncEnumerable<T>> function)
        : this(name, schema, (argument, invocation) => invocation.GiveAllAsync(function(argument, invocation), s_value)) => _isStream = true;

    private Function(string name, string schema, Func<TArgument, RemoteInvocation, Task> invoke)
        : base(new RemoteContract(name, schema, AcmeJson.Shared)) => _invoke = invoke;

    /// <summary>A call of it.</summary>
    public RemoteRequest<T> With(TArgument argument) => new Request(this, argument);

    internal override RemoteRequest Read(ref ArgumentReader arguments) => With(arguments.Take<TArgument>("value"));

    private sealed class Request(Function<TArgument, T> function, TArgument argument) : RemoteRequest<T>
    {
        public override RemoteContract Contract => function.Contract;

        public override JsonTypeInfo<T> ValueInfo => s_value;

        public override bool IsStream => function._isStream;

        public override void WriteArguments(ArgumentWriter arguments) => arguments.Write("value", argument, AcmeJson.Shared);

        public override Task InvokeAsync(RemoteInvocation invocation) => function._invoke(argument, invocation);
    }
}
