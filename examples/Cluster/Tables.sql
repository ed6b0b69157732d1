-- What Microsoft.Orleans.Clustering.AdoNet and .Persistence.AdoNet ask of a database: a table of queries by name, with the parameters that
-- they give and the columns that they read. The tables behind the queries are this example's own, for PostgreSQL.

CREATE TABLE OrleansQuery (
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);

-- Silos. Whoever changes the list names the version that it read; of two at once one goes away empty-handed and reads again.
CREATE TABLE Cluster (
    DeploymentId text PRIMARY KEY,
    Version integer NOT NULL DEFAULT 0
);

CREATE TABLE Silo (
    DeploymentId text NOT NULL REFERENCES Cluster ON DELETE CASCADE,
    Address text NOT NULL,
    Port integer NOT NULL,
    Generation integer NOT NULL,
    SiloName text NOT NULL,
    HostName text NOT NULL,
    Status integer NOT NULL,
    ProxyPort integer NOT NULL,
    SuspectTimes text,
    StartTime timestamptz NOT NULL,
    IAmAliveTime timestamptz NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

INSERT INTO OrleansQuery VALUES
('InsertMembershipVersionKey', '
    WITH made AS (INSERT INTO Cluster (DeploymentId) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT FROM made)'),
('InsertMembershipKey', '
    WITH mine AS (
        UPDATE Cluster SET Version = Version + 1 WHERE DeploymentId = @DeploymentId AND Version = @Version RETURNING DeploymentId),
    made AS (
        INSERT INTO Silo (
            DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
        SELECT DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM mine
        RETURNING 1)
    SELECT EXISTS (SELECT FROM made)'),
('UpdateMembershipKey', '
    WITH mine AS (
        UPDATE Cluster SET Version = Version + 1 WHERE DeploymentId = @DeploymentId AND Version = @Version RETURNING DeploymentId),
    made AS (
        UPDATE Silo SET Status = @Status, SuspectTimes = CAST(@SuspectTimes AS text), IAmAliveTime = @IAmAliveTime FROM mine
        WHERE Silo.DeploymentId = mine.DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
        RETURNING 1)
    SELECT EXISTS (SELECT FROM made)'),
('UpdateIAmAlivetimeKey', '
    UPDATE Silo SET IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation'),
('MembershipReadRowKey', '
    SELECT Cluster.Version, Silo.* FROM Cluster
    LEFT JOIN Silo ON Silo.DeploymentId = Cluster.DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
    WHERE Cluster.DeploymentId = @DeploymentId'),
('MembershipReadAllKey', '
    SELECT Cluster.Version, Silo.* FROM Cluster LEFT JOIN Silo ON Silo.DeploymentId = Cluster.DeploymentId
    WHERE Cluster.DeploymentId = @DeploymentId'),
('GatewaysQueryKey', '
    SELECT Address, ProxyPort, Generation FROM Silo WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0'),
('DeleteMembershipTableEntriesKey', 'DELETE FROM Cluster WHERE DeploymentId = @DeploymentId'),
-- 6 is SiloStatus.Dead.
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM Silo WHERE DeploymentId = @DeploymentId AND Status = 6 AND IAmAliveTime < @IAmAliveTime'),
('CleanupDefunctSiloEntryKey', '
    DELETE FROM Silo
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation AND Status = 6
        AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime
        AND SuspectTimes IS NOT DISTINCT FROM CAST(@SuspectTimes AS text)');

-- State of grains, each with the version that its next writer must have read.
CREATE TABLE GrainState (
    ServiceId text NOT NULL,
    GrainType text NOT NULL,
    IdN0 bigint NOT NULL,
    IdN1 bigint NOT NULL,
    IdText text NOT NULL,
    Version integer NOT NULL,
    Content bytea,
    PRIMARY KEY (IdText, GrainType, ServiceId, IdN0, IdN1)
);

INSERT INTO OrleansQuery VALUES
('ReadFromStorageKey', '
    SELECT Content AS PayloadBinary, Version FROM GrainState
    WHERE ServiceId = @ServiceId AND GrainType = @GrainTypeString AND IdN0 = @GrainIdN0 AND IdN1 = @GrainIdN1
        AND IdText = COALESCE(CAST(@GrainIdExtensionString AS text), '''')'),
('WriteToStorageKey', '
    WITH changed AS (
        UPDATE GrainState SET Content = @PayloadBinary, Version = Version + 1
        WHERE ServiceId = @ServiceId AND GrainType = @GrainTypeString AND IdN0 = @GrainIdN0 AND IdN1 = @GrainIdN1
            AND IdText = COALESCE(CAST(@GrainIdExtensionString AS text), '''') AND Version = CAST(@GrainStateVersion AS integer)
        RETURNING Version),
    made AS (
        INSERT INTO GrainState (ServiceId, GrainType, IdN0, IdN1, IdText, Version, Content)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(CAST(@GrainIdExtensionString AS text), ''''), 1,
            @PayloadBinary
        WHERE CAST(@GrainStateVersion AS integer) IS NULL
        ON CONFLICT DO NOTHING
        RETURNING Version)
    SELECT (SELECT Version FROM changed UNION ALL SELECT Version FROM made) AS NewGrainStateVersion'),
('ClearStorageKey', '
    WITH changed AS (
        UPDATE GrainState SET Content = NULL, Version = Version + 1
        WHERE ServiceId = @ServiceId AND GrainType = @GrainTypeString AND IdN0 = @GrainIdN0 AND IdN1 = @GrainIdN1
            AND IdText = COALESCE(CAST(@GrainIdExtensionString AS text), '''') AND Version = CAST(@GrainStateVersion AS integer)
        RETURNING Version)
    SELECT (SELECT Version FROM changed) AS NewGrainStateVersion');
