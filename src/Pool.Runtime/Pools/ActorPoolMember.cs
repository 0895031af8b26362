namespace Eformer.Pool;

/// <summary>A handle and what is known of the thing it holds.</summary>
/// <typeparam name="TInfo">The kind of information.</typeparam>
/// <param name="Actor">The handle.</param>
/// <param name="ActorInfo">The information.</param>
public sealed record ActorPoolMember<TInfo>(ActorHandle Actor, TInfo ActorInfo);
