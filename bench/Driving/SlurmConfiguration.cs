using System.Globalization;

namespace Eformer.Pool.Bench.Driving;

/// <summary>The configuration of a Slurm cluster on loopback, with everything it keeps in one folder.</summary>
internal static class SlurmConfiguration
{
    /// <summary>Its text.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="controllerPort">Where the controller listens.</param>
    /// <param name="nodePorts">Where each node's daemon listens.</param>
    public static string Write(string folder, int controllerPort, IReadOnlyList<int> nodePorts) => string.Create(CultureInfo.InvariantCulture, $"""
        ClusterName=bench
        SlurmctldHost={Machine}(127.0.0.1)
        SlurmctldPort={controllerPort}
        SlurmUser={Environment.UserName}
        SlurmdUser={Environment.UserName}
        CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
        AuthType=auth/munge
        AuthInfo=socket={folder}/munge.socket
        CredType=cred/munge
        StateSaveLocation={folder}/state
        SlurmctldPidFile={folder}/slurmctld.pid
        SlurmctldLogFile={folder}/slurmctld.log
        SlurmdPidFile={folder}/%n.pid
        SlurmdLogFile={folder}/%n.log
        SlurmdSpoolDir={folder}/%n
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        SwitchType=switch/none
        MpiDefault=none
        JobAcctGatherType=jobacct_gather/none
        AccountingStorageType=accounting_storage/none
        SchedulerType=sched/builtin
        SelectType=select/linear
        ReturnToService=2
        {string.Join('\n', nodePorts.Select(Node))}
        PartitionName=bench Nodes=ALL Default=YES MaxTime=INFINITE State=UP

        """);

    /// <summary>What a node is called.</summary>
    public static string NodeName(int index) => string.Create(CultureInfo.InvariantCulture, $"n{index}");

    private static string Machine => Environment.MachineName.Split('.')[0];

    private static string Node(int port, int index) => string.Create(
        CultureInfo.InvariantCulture, $"NodeName={NodeName(index)} NodeHostname={Machine} NodeAddr=127.0.0.1 Port={port} CPUs=1 State=UNKNOWN");
}
