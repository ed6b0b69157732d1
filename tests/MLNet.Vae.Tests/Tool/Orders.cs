using System.Globalization;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Tool;

/// <summary>Orders of a shop: the total goes with amount and price, the country says the currency; some cells are missing.</summary>
internal static class Orders
{
    public const int Count = 160;

    public const string Header = "Id,Country,Currency,Amount,Price,Total,Placed,IsOdd";

    public static IEnumerable<Order> All()
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            var country = random.Next(3);
            var (amount, price) = (1 + random.Next(40), MathF.Round(5 + (20 * random.NextSingle()), 2));
            yield return new()
            {
                Id = $"N{1000 + i}",
                Country = i % 17 == 3 ? "" : new[] { "Norway", "Chile", "Japan, east" }[country],
                Currency = new[] { "NOK", "CLP", "JPY" }[country],
                Amount = i % 13 == 5 ? float.NaN : amount,
                Price = price,
                Total = i == 40 ? 5000 : amount * price,
                Placed = new DateTime(2026, 1, 1).AddDays(random.Next(300)),
                IsOdd = i == 40 || i == 41 ? 1 : 0,
            };
        }
    }

    public static string[] Lines() => [Header, .. All().Select(order => string.Create(CultureInfo.InvariantCulture,
        $"{order.Id},{(order.Country.Contains(',') ? $"\"{order.Country}\"" : order.Country)},{order.Currency},"
            + $"{(float.IsNaN(order.Amount) ? "" : order.Amount)},{order.Price},{order.Total},{order.Placed:yyyy-MM-dd},{order.IsOdd}"))];

    /// <summary>The same rows without a file.</summary>
    public static IDataView View(MLContext mlContext) => mlContext.Data.LoadFromEnumerable(All());

    internal sealed class Order
    {
        public string Id { get; set; } = "";

        public string Country { get; set; } = "";

        public string Currency { get; set; } = "";

        public float Amount { get; set; }

        public float Price { get; set; }

        public float Total { get; set; }

        public DateTime Placed { get; set; }

        public float IsOdd { get; set; }
    }
}
