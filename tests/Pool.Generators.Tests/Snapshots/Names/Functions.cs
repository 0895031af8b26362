public static partial class Global
{
    [RemoteFunction]
    public static int Same(int value) => value;
}

namespace Acme.@event
{
    internal partial record struct @class
    {
        public partial interface IInner
        {
            [RemoteFunction(Name = "keywords")]
            internal static Secret @void(Secret @int, string progress, string ct, IProgress<int> report) => @int;
        }
    }

    internal sealed record Secret(string @string);
}

namespace Acme
{
    public partial class Overloads
    {
        [RemoteFunction]
        public static int Add(int left, int right) => left + right;

        [RemoteFunction(Name = "Acme.Overloads.AddText")]
        public static string Add(string left, string right) => left + right;

        [RemoteFunction(Name = "Acme.Overloads.AddThree")]
        public static int Add(int left, int right, int third) => left + right + third;

        [RemoteFunction]
        public static Task ScheduleAsync(object_ value, CancellationToken ct) => Task.CompletedTask;
    }

    public sealed record object_;
}
